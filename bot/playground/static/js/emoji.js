// Slack's names of common emoji.

const NAMES = `
grinning 😀|smiley 😃|smile 😄|grin 😁|laughing 😆|satisfied 😆|sweat_smile 😅|joy 😂|rofl 🤣|rolling_on_the_floor_laughing 🤣
relaxed ☺️|blush 😊|innocent 😇|slightly_smiling_face 🙂|upside_down_face 🙃|wink 😉|relieved 😌|heart_eyes 😍
yum 😋|sunglasses 😎|nerd_face 🤓|thinking_face 🤔|thinking 🤔|neutral_face 😐|expressionless 😑|no_mouth 😶
smirk 😏|unamused 😒|face_with_rolling_eyes 🙄|grimacing 😬|pensive 😔|sleepy 😪|sleeping 😴|mask 😷
dizzy_face 😵|exploding_head 🤯|confused 😕|worried 😟|slightly_frowning_face 🙁|open_mouth 😮|astonished 😲|flushed 😳
fearful 😨|cold_sweat 😰|cry 😢|sob 😭|scream 😱|disappointed 😞|sweat 😓|tired_face 😫|triumph 😤|rage 😡|angry 😠
partying_face 🥳|hugging_face 🤗|shushing_face 🤫|face_with_monocle 🧐|saluting_face 🫡|melting_face 🫠
robot_face 🤖|wave 👋|hand 🖐️|raised_hand ✋|ok_hand 👌|crossed_fingers 🤞|v ✌️|point_left 👈|point_right 👉
point_up ☝️|point_up_2 👆|point_down 👇|+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|fist ✊|facepunch 👊|clap 👏|raised_hands 🙌
open_hands 👐|handshake 🤝|pray 🙏|writing_hand ✍️|muscle 💪|brain 🧠|eyes 👀|eye 👁️|speech_balloon 💬|thought_balloon 💭
bust_in_silhouette 👤|busts_in_silhouette 👥|man-shrugging 🤷‍♂️|woman-shrugging 🤷‍♀️|shrug 🤷|technologist 🧑‍💻|scientist 🧑‍🔬
male-scientist 👨‍🔬|female-scientist 👩‍🔬|heart ❤️|orange_heart 🧡|yellow_heart 💛|green_heart 💚|blue_heart 💙|purple_heart 💜
broken_heart 💔|sparkling_heart 💖|100 💯|boom 💥|collision 💥|dizzy 💫|sparkles ✨|star ⭐|star2 🌟|fire 🔥|zap ⚡|sunny ☀️
partly_sunny ⛅|cloud ☁️|rain_cloud 🌧️|snowflake ❄️|rainbow 🌈|ocean 🌊|droplet 💧|crescent_moon 🌙|zzz 💤|palm_tree 🌴
seedling 🌱|herb 🌿|four_leaf_clover 🍀|deciduous_tree 🌳|maple_leaf 🍁|mushroom 🍄|sunflower 🌻|cactus 🌵
turtle 🐢|snail 🐌|bug 🐛|bee 🐝|butterfly 🦋|unicorn_face 🦄|owl 🦉|penguin 🐧|whale 🐳|octopus 🐙|rabbit 🐰|dog 🐶|cat 🐱
coffee ☕|tea 🍵|beer 🍺|beers 🍻|champagne 🍾|clinking_glasses 🥂|pizza 🍕|cake 🍰|birthday 🎂|cookie 🍪|apple 🍎
tada 🎉|confetti_ball 🎊|balloon 🎈|gift 🎁|trophy 🏆|medal 🏅|first_place_medal 🥇|second_place_medal 🥈|third_place_medal 🥉
dart 🎯|game_die 🎲|jigsaw 🧩|soccer ⚽|art 🎨|musical_note 🎵|mega 📣|loudspeaker 📢|bell 🔔|no_bell 🔕|mute 🔇
rocket 🚀|airplane ✈️|car 🚗|train 🚆|bike 🚲|ship 🚢|construction 🚧|checkered_flag 🏁|triangular_flag_on_post 🚩|white_flag 🏳️
house 🏠|office 🏢|hospital 🏥|school 🏫|factory 🏭|earth_africa 🌍|earth_americas 🌎|earth_asia 🌏|globe_with_meridians 🌐
computer 💻|desktop_computer 🖥️|keyboard ⌨️|iphone 📱|telephone ☎️|phone ☎️|battery 🔋|electric_plug 🔌|bulb 💡|flashlight 🔦
microscope 🔬|telescope 🔭|alembic ⚗️|test_tube 🧪|petri_dish 🧫|dna 🧬|abacus 🧮|crystal_ball 🔮|compass 🧭|world_map 🗺️
hourglass ⌛|hourglass_flowing_sand ⏳|watch ⌚|alarm_clock ⏰|stopwatch ⏱️|timer_clock ⏲️|calendar 📆|date 📅|spiral_calendar_pad 🗓️
clipboard 📋|memo 📝|pencil 📝|pencil2 ✏️|pushpin 📌|round_pushpin 📍|paperclip 📎|link 🔗|book 📖|books 📚|notebook 📓|ledger 📒
bookmark 🔖|bookmark_tabs 📑|newspaper 📰|page_facing_up 📄|scroll 📜|inbox_tray 📥|outbox_tray 📤|package 📦|envelope ✉️|email 📧
mailbox 📫|file_folder 📁|open_file_folder 📂|card_index_dividers 🗂️|card_file_box 🗃️|file_cabinet 🗄️|wastebasket 🗑️
bar_chart 📊|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|chart 💹|moneybag 💰|euro 💶|dollar 💵|credit_card 💳|scales ⚖️
lock 🔒|unlock 🔓|key 🔑|closed_lock_with_key 🔐|shield 🛡️|hammer 🔨|wrench 🔧|hammer_and_wrench 🛠️|gear ⚙️|toolbox 🧰|magnet 🧲
mag 🔍|mag_right 🔎|broom 🧹|label 🏷️|ticket 🎫|warning ⚠️|no_entry ⛔|no_entry_sign 🚫|x ❌|heavy_multiplication_x ✖️
o ⭕|white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|question ❓|grey_question ❔|exclamation ❗|heavy_exclamation_mark ❗
bangbang ‼️|interrobang ⁉️|information_source ℹ️|recycle ♻️|sos 🆘|new 🆕|ok 🆗|up 🆙|cool 🆒|free 🆓|soon 🔜|end 🔚
arrow_up ⬆️|arrow_down ⬇️|arrow_left ⬅️|arrow_right ➡️|arrow_upper_right ↗️|arrow_lower_right ↘️|arrows_counterclockwise 🔄
repeat 🔁|leftwards_arrow_with_hook ↩️|arrow_right_hook ↪️|twisted_rightwards_arrows 🔀|fast_forward ⏩|rewind ⏪|double_vertical_bar ⏸️
black_square_for_stop ⏹️|arrow_forward ▶️|heavy_plus_sign ➕|heavy_minus_sign ➖|infinity ♾️|red_circle 🔴|large_orange_circle 🟠
large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣|white_circle ⚪|black_circle ⚫
large_red_square 🟥|large_orange_square 🟧|large_yellow_square 🟨|large_green_square 🟩|large_blue_square 🟦|white_large_square ⬜
black_large_square ⬛|small_orange_diamond 🔸|small_blue_diamond 🔹|diamond_shape_with_a_dot_inside 💠|radio_button 🔘
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|keycap_ten 🔟|zero 0️⃣
`;

const EMOJI = new Map(
  NAMES.trim()
    .split(/[|\n]/)
    .map((pair) => pair.split(" ")),
);

/** The emoji of a name, or null: `emoji("tada")` is "🎉". */
export function emoji(name) {
  return EMOJI.get(name) ?? null;
}

/** Replaces `:tada:` (and drops skin tones); unknown names stay as they were written. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):(?::skin-tone-[2-6]:)?/g, (all, name) => emoji(name) ?? all);
}

/** Whether the text is nothing but emoji, few enough to be shown large. */
export function onlyEmoji(text) {
  return /^(?:\p{Extended_Pictographic}[\u{fe0f}\u{200d}\u{1f3fb}-\u{1f3ff}]*\s*){1,6}$/u.test(text.trim());
}
