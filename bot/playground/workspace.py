"""People, channels and DMs: who is there and who sees what."""

from bot.playground.clock import Clock, micros
from bot.playground.feed import Feed
from bot.playground.store import Store
from bot.playground.world import Channel, Person, World


class Workspace:
    """The workspace's people and conversations, written through to the store."""

    def __init__(self, world: World, store: Store, clock: Clock, feed: Feed) -> None:
        self.team = world.team
        self.app = world.app
        self._store = store
        self._clock = clock
        self._feed = feed
        if store.one("meta", "seeded") is None:
            self._seed(world)
        self.people = {k: Person.model_validate(doc) for k, doc in store.all("person")}
        self.channels = {k: Channel.model_validate(doc) for k, doc in store.all("channel")}
        self.dms: dict[str, str] = dict(store.all("dm"))
        self._reads: dict[str, str] = dict(store.all("read"))
        self.revoked: bool = bool(store.one("meta", "revoked"))

    def _seed(self, world: World) -> None:
        at = self.seconds()
        for person in world.people:
            self._store.put(
                "person", person.id, person.model_copy(update={"updated": at}).model_dump()
            )
        for channel in world.channels:
            seeded = channel.model_copy(update={"created": at})
            self._store.put("channel", channel.id, seeded.model_dump())
        self._store.put("meta", "seeded", body=True)

    def seconds(self) -> int:
        """The playground's time in unix seconds."""
        return micros(self._clock.now()) // 1_000_000

    def save_person(self, person: Person) -> None:
        """Add or replace somebody."""
        person.updated = self.seconds()
        self.people[person.id] = person
        self._store.put("person", person.id, person.model_dump())
        self._feed.tell({"type": "state"})

    def save_channel(self, channel: Channel) -> None:
        """Add or replace a channel."""
        self.channels[channel.id] = channel
        self._store.put("channel", channel.id, channel.model_dump())
        self._feed.tell({"type": "state"})

    def revoke(self) -> None:
        """The app is uninstalled: its token is worth nothing from now on."""
        self.revoked = True
        self._store.put("meta", "revoked", body=True)

    def dm_with(self, person: str) -> str:
        """The id of the DM between the bot and a person, opened when it isn't yet."""
        dm = "D" + person[1:]
        if dm not in self.dms:
            self.dms[dm] = person
            self._store.put("dm", dm, person)
            self._feed.tell_one(person, {"type": "state"})
        return dm

    def members(self, conversation: str) -> list[str]:
        """Who is in a channel or DM."""
        if conversation in self.dms:
            return [self.dms[conversation], self.app.bot_user_id]
        return self.channels[conversation].members

    def exists(self, conversation: str) -> bool:
        """Whether this is the id of a channel or DM."""
        return conversation in self.channels or conversation in self.dms

    def sees(self, person: str, conversation: str) -> bool:
        """Whether somebody can read there: members, and in public channels all but guests."""
        if not self.exists(conversation):
            return False
        if person in self.members(conversation):
            return True
        channel = self.channels.get(conversation)
        reader = self.people.get(person)
        return bool(channel and not channel.private and reader and not reader.guest)

    def last_read(self, person: str, conversation: str) -> str:
        """The `ts` up to which somebody has read."""
        return self._reads.get(f"{person}/{conversation}", "0")

    def read(self, person: str, conversation: str, ts: str) -> None:
        """Mark a conversation read up to `ts`."""
        key = f"{person}/{conversation}"
        if self._reads.get(key, "0") >= ts:
            return
        self._reads[key] = ts
        self._store.put("read", key, ts)
        self._feed.tell_one(person, {"type": "state"})
