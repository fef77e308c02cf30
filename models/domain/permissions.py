"""Who may do what: one table, checked at every action again, and printed in docs/permissions.md.

People from outside (guests, other companies) read what they belong to and change nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from models.domain.errors import BotError
from models.domain.project import TECHNICAL, Role


class Who(StrEnum):
    """Whom the table names."""

    ANYONE = "anyone in the workspace"
    OWNER = "its owner"
    PM = "the project's PM"
    TECHNICAL = "somebody technical in the project"
    MEMBER = "anyone with a role in the project"
    LEADER = "the project's leader"
    ADMIN = "an admin"


class Tie(StrEnum):
    """What makes a project one that a guest belongs to, and so reads; the others read all of them."""

    ROLE = "they hold a role in it"
    OWNER = "they own an experiment in it"
    STANDUP = "they take part in a standup about it"
    CHANNEL = "they take part in a standup in its channel"


class Action(StrEnum):
    """What can be done, in words that finish “… can …”."""

    ADD_HYPOTHESIS = "add a hypothesis"
    CHANGE_EXPERIMENT = "change this experiment"
    ADD_NUMBER = "add a number to it"
    SET_NUMBER_ASIDE = "set a number aside"
    RAISE_BLOCKER = "say what is in the way"
    HANDLE_BLOCKER = "change what is in the way"
    START_PROJECT = "start a project"
    CHANGE_PROJECT = "change this project"
    MOVE_STAGE = "move it to another stage"
    CHANGE_BENCHMARK = "change what a good result is"
    AGREE_AS_PM = "agree to it for the business"
    AGREE_AS_TECHNICAL = "agree to it for the makers"
    CHANGE_SCOPE = "change its scope"
    SCORE_BENEFIT = "score its benefit"
    SCORE_COMPLEXITY = "score its complexity"
    SAY_CONFIDENCE = "say how likely it is"
    DECIDE = "decide about it"
    MEET_CONDITION = "say that this condition is met"
    HOLD_REVIEW = "schedule or close a review of it"
    JOIN_REVIEW = "take part in a review of it"
    SET_UP_STANDUP = "set up a standup"
    CHANGE_STANDUP = "change this standup"
    SCHEDULE_DIGEST = "schedule a digest"
    CHANGE_WORKSPACE = "change the workspace's settings"
    EXPORT_WORKSPACE = "export the whole record"
    ERASE_FOR_OTHERS = "erase what somebody else wrote"
    ASK_OWNER = "ask its owner how it stands"
    CALL_FOR_HELP = "ask somebody for help with what is in the way"
    PUT_OFF = "put off what could use a hand"
    TAKE_TO_THREAD = "take an answer to a thread"
    REMIND = "remind people of what they have not confirmed"
    REPORT_INCIDENT = "open an incident of it"
    HANDLE_INCIDENT = "say what became of an incident"
    ANNOUNCE_END = "announce that it ends"


ALLOWED: dict[Action, tuple[Who, ...]] = {
    Action.ADD_HYPOTHESIS: (Who.ANYONE,),
    Action.CHANGE_EXPERIMENT: (Who.OWNER, Who.PM, Who.ADMIN),
    Action.ADD_NUMBER: (Who.OWNER, Who.PM, Who.TECHNICAL, Who.ADMIN),
    Action.SET_NUMBER_ASIDE: (Who.OWNER, Who.PM, Who.TECHNICAL, Who.ADMIN),
    Action.RAISE_BLOCKER: (Who.ANYONE,),
    Action.HANDLE_BLOCKER: (Who.OWNER, Who.PM, Who.ADMIN),
    Action.START_PROJECT: (Who.ANYONE,),
    Action.CHANGE_PROJECT: (Who.PM, Who.ADMIN),
    Action.MOVE_STAGE: (Who.PM, Who.ADMIN),
    Action.CHANGE_BENCHMARK: (Who.PM, Who.TECHNICAL, Who.ADMIN),
    Action.AGREE_AS_PM: (Who.PM,),
    Action.AGREE_AS_TECHNICAL: (Who.TECHNICAL,),
    Action.CHANGE_SCOPE: (Who.PM, Who.TECHNICAL, Who.ADMIN),
    Action.SCORE_BENEFIT: (Who.MEMBER, Who.ADMIN),
    Action.SCORE_COMPLEXITY: (Who.TECHNICAL,),
    Action.SAY_CONFIDENCE: (Who.PM, Who.LEADER),
    Action.DECIDE: (Who.PM, Who.LEADER, Who.ADMIN),
    Action.MEET_CONDITION: (Who.OWNER, Who.PM, Who.ADMIN),
    Action.HOLD_REVIEW: (Who.OWNER, Who.PM, Who.TECHNICAL, Who.ADMIN),
    Action.JOIN_REVIEW: (Who.ANYONE,),
    Action.SET_UP_STANDUP: (Who.ANYONE,),
    Action.CHANGE_STANDUP: (Who.OWNER, Who.PM, Who.ADMIN),
    Action.SCHEDULE_DIGEST: (Who.ANYONE,),
    Action.CHANGE_WORKSPACE: (Who.ADMIN,),
    Action.EXPORT_WORKSPACE: (Who.ADMIN,),
    Action.ERASE_FOR_OTHERS: (Who.ADMIN,),
    Action.ASK_OWNER: (Who.ANYONE,),
    Action.CALL_FOR_HELP: (Who.ANYONE,),
    Action.PUT_OFF: (Who.ANYONE,),
    Action.TAKE_TO_THREAD: (Who.ANYONE,),
    Action.REMIND: (Who.ANYONE,),
    Action.REPORT_INCIDENT: (Who.MEMBER, Who.ADMIN),
    Action.HANDLE_INCIDENT: (Who.PM, Who.TECHNICAL, Who.ADMIN),
    Action.ANNOUNCE_END: (Who.PM, Who.ADMIN),
}


class NotAllowed(BotError):
    """You may not do that here."""


@dataclass(frozen=True)
class Standing:
    """What a person is to the thing that they want to change. `owner`: it is theirs."""

    roles: frozenset[Role] = frozenset()
    owner: bool = False
    admin: bool = False
    limited: bool = False

    @property
    def parts(self) -> frozenset[Who]:
        """Everything that the person is; somebody from outside is nothing."""
        if self.limited:
            return frozenset()
        is_it = {
            Who.ANYONE: True,
            Who.OWNER: self.owner,
            Who.PM: Role.PM in self.roles,
            Who.TECHNICAL: not self.roles.isdisjoint(TECHNICAL),
            Who.MEMBER: bool(self.roles),
            Who.LEADER: Role.LEADER in self.roles,
            Who.ADMIN: self.admin,
        }
        return frozenset(who for who in Who if is_it[who])


def may(action: Action, standing: Standing) -> bool:
    """Whether the table allows it."""
    return not standing.parts.isdisjoint(ALLOWED[action])


def require(action: Action, standing: Standing, *, by_name: Iterable[str] = ()) -> None:
    """Raise unless the table allows it; `by_name` are the people who may, for the sentence.

    Raises:
        NotAllowed: the sentence says who may, and whom to ask.
    """
    if may(action, standing):
        return
    whose = ", ".join(ALLOWED[action][:-1])
    allowed = f"{whose} or {ALLOWED[action][-1]}" if whose else str(ALLOWED[action][0])
    names = ", ".join(by_name)
    ask = f" Ask {names}." if names else ""
    raise NotAllowed(f"Only {allowed} can {action}.{ask}")
