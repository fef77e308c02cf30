"""mrkdwn as Slack reads it; whatever a text holds, it stays text."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Lab, Open
from tests.browser.standin_views import DAY

pytestmark = pytest.mark.asyncio(loop_scope="session")

RENDER = """async ([text, verbatim]) => {
  const { mrkdwn } = await import('/static/js/mrkdwn.js');
  const holder = document.createElement('div');
  holder.append(...mrkdwn(text, { verbatim }));
  for (const node of holder.querySelectorAll('*')) {
    for (const name of ['class', 'rel', 'target', 'title', 'tabindex', 'datetime', 'data-open']) {
      node.removeAttribute(name);
    }
  }
  return holder.innerHTML;
}"""

ANY = [
    ("*b* _i_ ~s~ `c`", "<b>b</b> <i>i</i> <s>s</s> <code>c</code>"),
    ("*b _bi_*", "<b>b <i>bi</i></b>"),
    ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
    ("* not bold*", "* not bold*"),
    ("`*c* <https://a.example|label>`", "<code>*c* label</code>"),
    ("```a\n  *b*```after", "<pre>a\n  *b*</pre>after"),
    ("> one\n> two\nthree", "<blockquote>one<br>two</blockquote>three"),
    ("&gt; quoted", "<blockquote>quoted</blockquote>"),
    ("&lt;b&gt; &amp;amp; &quot;", "&lt;b&gt; &amp;amp; &amp;quot;"),
    ("a\nb\n\nc", "a<br>b<br><br>c"),
    ("• one", "<span><span>• </span><span>one</span></span>"),
    (":tada: :nope: 09:30:15", "🎉 :nope: 09:30:15"),
    ("<@U0BEN> <@U0XXX|zoe>", "<span>@Ben Ode</span> <span>@zoe</span>"),
    ("<#C0TEAM>", '<a href="#/C0TEAM">#team</a>'),
    ("<#C0PRIV|>", "<span>private channel</span>"),
    ("<!here> <!subteam^S1|@ml>", "<span>@here</span> <span>@ml</span>"),
    ("<https://a.example/?a=1&amp;b=2|x>", '<a href="https://a.example/?a=1&amp;b=2">x</a>'),
    ("<mailto:a@b.example|write>", '<a href="mailto:a@b.example">write</a>'),
    ("<javascript:alert(1)|x>", "&lt;javascript:alert(1)|x&gt;"),
    (
        "<https://x.slack.com/archives/C0TEAM/p1770107400000100|there>",
        '<a href="#/C0TEAM/1770107400.000100">there</a>',
    ),
    (f"<!date^{DAY}^{{date_short}} {{time}}|x>", "<time>3 Feb 2026 09:30</time>"),
    ("<!date^soon^{date}|some day>", "some day"),
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
]
TYPED = [
    ("@here", "<span>@here</span>", "@here"),
    ("see #team", 'see <a href="#/C0TEAM">#team</a>', "see #team"),
    (
        "at https://a.example/x.",
        'at <a href="https://a.example/x">https://a.example/x</a>.',
        "at https://a.example/x.",
    ),
    ("mail@here.example", "mail@here.example", "mail@here.example"),
]


async def test_mrkdwn(open_page: Open) -> None:
    page = await open_page()
    shown = {text: await page.evaluate(RENDER, [text, True]) for text, _ in ANY}
    assert shown == dict(ANY)
    assert {text: await page.evaluate(RENDER, [text, False]) for text, _ in ANY} == dict(ANY)


async def test_only_verbatim_leaves_what_a_person_would_type(open_page: Open) -> None:
    page = await open_page()
    for text, parsed, verbatim in TYPED:
        assert await page.evaluate(RENDER, [text, False]) == parsed
        assert await page.evaluate(RENDER, [text, True]) == verbatim


async def test_hostile_words_stay_words_everywhere(lab: Lab, open_page: Open) -> None:
    hostile = '<script>window.hacked=1</script><img src=x onerror="window.hacked=1"> <!channel>'
    await lab.do("people", id="U0BEN", name="<b>Ben</b>")
    await lab.do("message", as_="U0BEN", channel="C0TEAM", text=hostile)
    block = {"type": "section", "text": {"type": "plain_text", "text": hostile}}
    await lab.bot.say("C0TEAM", "x", blocks=[block])
    markdown = {"type": "markdown", "text": f"{hostile} [x](javascript:window.hacked=1)"}
    await lab.bot.say("C0TEAM", "x", blocks=[markdown])
    page = await open_page("U0ANA", "C0TEAM")
    await expect(page.get_by_text("window.hacked")).to_have_count(3)
    await expect(page.get_by_text("<b>Ben</b>").first).to_be_visible()
    assert await page.evaluate("window.hacked") is None
    assert await page.locator(".messages :is(script, img, a[href^=javascript])").count() == 0
