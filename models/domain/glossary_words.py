"""The glossary's words about how a team works, each in two sentences (S1-15, S1-17)."""

from typing import NamedTuple


class Word(NamedTuple):
    """A word of the team's, other names for it, what it means, and what it is in a project."""

    name: str
    also: tuple[str, ...]
    says: str
    here: str = ""


TEAM_WORDS = (
    Word(
        "acceptance",
        ("needed", "good enough", "target", "acceptance criterion"),
        "The value from which business and makers agreed that the model is good enough. "
        "Until a PM and somebody technical have both signed, it is only proposed.",
        "Here: {needed}, {agreed}.",
    ),
    Word(
        "accuracy",
        (),
        "Of all cases, the share that the model gets right. "
        "Where one answer is rare, always saying the other one is accurate and useless.",
        "Here, last measured: {accuracy}.",
    ),
    Word(
        "adopted",
        ("keep this change",),
        "A change that the team keeps from now on. "
        "A hypothesis can be supported and not adopted, for instance because it costs too much.",
    ),
    Word(
        "baseline",
        ("today's value", "starting point"),
        "What is used today, or the simplest model. "
        "Every result is held against it, so it needs a source that people believe.",
        "Here: {baseline} ({source}).",
    ),
    Word(
        "benchmark",
        ("benchmark version", "version"),
        "Baseline and acceptance of one metric, with a version. When the data, the evaluation set, the "
        "population or the timing rules change a new one starts, and nothing is compared across versions.",
        "Here: version {version} since {effective}.",
    ),
    Word(
        "best so far",
        ("best",),
        "The best valid number that any experiment has brought under the current benchmark. "
        "It moves in steps: long flat stretches are normal in this work.",
        "Here: {best}.",
    ),
    Word(
        "blocker",
        ("in the way", "blocked"),
        "Something in the way that somebody else can clear. "
        "It has an owner, and after five working days it goes to the project's leader as one ask.",
    ),
    Word(
        "ceiling",
        ("upper bound", "human level"),
        "The most that can be had, such as how well people do it themselves. "
        "Asking for more than the ceiling is asking for what nobody may ever reach.",
        "Here: {ceiling}.",
    ),
    Word(
        "charter",
        (),
        "What is known about a project, asked in small pieces when each question matters. "
        "Answered once, it is read again by every review.",
    ),
    Word(
        "confidence",
        ("how likely",),
        "How likely its leads think it is that the project will be good enough, 1 to 10, week by week. "
        "1 to 3 is unlikely, 4 to 7 open, 8 to 10 likely.",
    ),
    Word(
        "confusion matrix",
        ("four counts", "counts", "tp", "fp", "fn", "tn"),
        "Four counts: said yes and right, yes and wrong, no and wrong, no and right. "
        "Accuracy, precision, recall, false positive rate and F1 all come from them.",
        "Here, last measured: {counts}.",
    ),
    Word(
        "criterion",
        ("success criterion", "threshold"),
        "The value that would support a hypothesis, set before anything is measured. "
        "Changed afterwards, the experiment no longer counts as set in advance.",
    ),
    Word(
        "experiment",
        ("mlflow experiment",),
        "One hypothesis under test, from a few hours to a few weeks, with as many runs as it takes. "
        "It is not MLflow's experiment, which is a folder of runs.",
    ),
    Word(
        "f1",
        ("f1 score",),
        "Precision and recall in one number, low when either is low. "
        "It treats both errors alike, which the business seldom does.",
        "Here, last measured: {f1}.",
    ),
    Word(
        "false alarm",
        ("false positive", "type 1 error"),
        "The model says yes and is wrong. Where false alarms are dear, look at precision.",
    ),
    Word(
        "false positive rate",
        ("false alarm rate", "fpr"),
        "Of all cases that are a no, the share that the model calls a yes. "
        "Small as it looks, it is multiplied by a large number of harmless cases.",
        "Here, last measured: {false_positive_rate}.",
    ),
    Word(
        "guardrail",
        ("guardrail metric", "limit"),
        "What a better result must not cost, such as answer time. "
        "A number beyond its limit is said beside the result, always.",
        "Here: {guardrails}.",
    ),
    Word(
        "hypothesis",
        ("idea", "we believe that"),
        "A sentence that can turn out wrong: we believe that this change brings the number to that value. "
        "One that is ruled out teaches as much as one that holds.",
    ),
    Word(
        "inconclusive",
        ("can't tell", "unclear"),
        "The number's range holds the mark, so nobody can tell. "
        "More runs, more data or a sharper question may settle it.",
    ),
    Word(
        "leak",
        ("leakage", "data leak"),
        "The model saw at training what it should predict. "
        "Results look wonderful and vanish in use, so surprising numbers are looked at by a second person.",
    ),
    Word(
        "miss",
        ("false negative", "missed", "type 2 error"),
        "The model says no and is wrong. Where misses are dear, look at recall.",
    ),
    Word(
        "min_delta",
        ("min delta", "smallest gain", "counted gain", "gain"),
        "The smallest gain that counts; less may be chance. "
        "At least twice the spread of repeated runs is a good value.",
        "Here: {min_delta}.",
    ),
    Word(
        "patience",
        (),
        "How many tries without a counted gain it takes before a flat stretch is worth a question. "
        "Both the tries and the days have to be over.",
        "Here: {patience} tries and {plateau_days} days.",
    ),
    Word(
        "plateau",
        ("flat stretch", "flat"),
        "No counted gain for a while. It is normal in this work and a question, not a failure: "
        "what has not been tried?",
        "Here: {flat}.",
    ),
    Word(
        "precision",
        ("positive predictive value", "ppv"),
        "Of all cases that the model calls a yes, the share that are one. "
        "High precision means few false alarms.",
        "Here, last measured: {precision}.",
    ),
    Word(
        "primary metric",
        ("metric", "number that counts"),
        "The one number that says whether the model is good enough; it stands for the business goal. "
        "Others watch what it must not cost, or what it does for the business.",
        "Here: {metric}. {phrase}.",
    ),
    Word(
        "recall",
        ("sensitivity", "true positive rate", "tpr"),
        "Of all cases that are a yes, the share that the model finds. "
        "High recall means few misses.",
        "Here, last measured: {recall}.",
    ),
    Word(
        "risk",
        (),
        "Something that may come in the way. "
        "Said early it can be made smaller; when it happens it becomes a blocker.",
    ),
    Word(
        "ruled out",
        ("refuted", "failed"),
        "The number did not reach its mark: we now know that this is not the way. "
        "What was learned stays, so that nobody goes it again by mistake.",
    ),
    Word(
        "scope change",
        ("scope",),
        "What the project is about has changed: requirements, data, time, or what is good enough. "
        "Those who build on it confirm it, and a new benchmark version starts.",
    ),
    Word(
        "seed",
        ("seeds", "repeated runs"),
        "The start of chance in a training run. "
        "The same code with another seed gives another number: how far apart says what may be chance.",
    ),
    Word(
        "split",
        ("validation", "test set", "shadow", "production"),
        "The data that a number was measured on: validation, test, shadow or production. "
        "Only numbers of the same split are compared.",
    ),
    Word(
        "stop criterion",
        ("stop mark", "kill criterion", "stop date"),
        "A value and a date decided beforehand: what isn't there by then ends the project. "
        "It makes stopping a plan and not a defeat.",
        "Here: {stop}.",
    ),
    Word(
        "surprise",
        ("to be confirmed", "leap"),
        "A first number past acceptance, or a leap of ten smallest gains at once. "
        "A second person looks at it before anybody builds on it: same data, a leak, another seed?",
        "Here: what is the first past {needed}, or gains {leap} at once.",
    ),
    Word(
        "timebox",
        (),
        "The working days within which an experiment will have said something. "
        "It can be extended once, with a reason; then it is concluded with what is known.",
    ),
    Word(
        "touchpoint",
        (),
        "A date on which somebody decides how a project goes on. "
        "Frequent ones beat bad news after six silent months.",
        "Here: {touchpoint}.",
    ),
)
