"""The glossary's words that people who make models use, each in two sentences (S1-15, S1-17)."""

from models.domain.glossary_words import Word

FIELD_WORDS = (
    Word(
        "a/b test",
        ("ab test", "online test", "split test"),
        "Two groups of users, one with the change and one without, picked by chance. "
        "It says what the change does in use, which no number on old data can.",
    ),
    Word(
        "abandoned",
        ("dropped", "drop", "no longer needed"),
        "Ended without an answer, with a reason: the set-up was wrong, or something else matters more. "
        "It says nothing about the hypothesis, which somebody may take up again.",
    ),
    Word(
        "auc",
        ("roc", "roc auc", "auroc", "area under the curve"),
        "How often the model ranks a real case above a harmless one, 50 of 100 being chance. "
        "It looks at every threshold at once, also at those that nobody would use.",
    ),
    Word(
        "calibration",
        ("calibrated",),
        "Whether the model's chances come true: of all cases it calls 8 in 10, eight in ten should happen. "
        "A model can rank well and still be far off here.",
    ),
    Word(
        "class imbalance",
        ("imbalance", "imbalanced", "rare class"),
        "One answer is much rarer than the other, as fraud is among payments. "
        "Accuracy says little then; precision and recall say more.",
    ),
    Word(
        "confirmed",
        ("second look", "confirmation"),
        "A second, technical person has looked at a surprising number and stands by it. "
        "Leaders read no number before that.",
    ),
    Word(
        "cross validation",
        ("cross-validation", "fold", "folds"),
        "The data is cut into parts, and each is kept aside once to measure on. "
        "The parts' results differ: how far says how much a single one can be trusted.",
    ),
    Word(
        "decision",
        ("go", "no go", "pivot"),
        "Whether a project goes on, turns, rests or ends, with a reason and the date of the next one. "
        "It is never changed: a later one takes its place.",
    ),
    Word(
        "drift",
        ("data drift", "concept drift", "shift"),
        "What comes in has changed since training: customers, prices, a supplier's format. "
        "The model is as it was, and gets worse all the same.",
    ),
    Word(
        "excluded",
        ("set aside", "set a number aside"),
        "A number that doesn't count any more, with a reason and a date: a leak, a bug, the wrong data. "
        "It is never deleted, and everything is reckoned again without it.",
    ),
    Word(
        "feature",
        ("features", "input", "signal"),
        "Something about a case that the model looks at, such as the number of payments in the last hour. "
        "It has to be known at the moment of deciding, not only afterwards.",
    ),
    Word(
        "follow up",
        ("follow-up", "follows"),
        "A hypothesis that comes out of one that was concluded. "
        "A concluded one is never opened again: what was learned stays with it.",
    ),
    Word(
        "label",
        ("labels", "ground truth", "target variable"),
        "The right answer for a case that the model learns from. "
        "Late or wrong ones set a limit that no model gets past.",
    ),
    Word(
        "mean absolute error",
        ("mae", "average error"),
        "How far off the model is on average, in the unit of what it predicts. "
        "A few very wrong cases weigh no more here than their distance.",
    ),
    Word(
        "overfitting",
        ("overfit", "memorising"),
        "The model has learned its examples by heart and not what they have in common. "
        "It shows as a good number in training and a worse one on anything new.",
    ),
    Word(
        "parity",
        ("same numbers", "training serving skew"),
        "The product's code gives what the experiment gave on the same data. "
        "Small differences there often turn out to be large ones in use.",
    ),
    Word(
        "review",
        ("peer review", "gate", "checklist"),
        "A few questions to the right roles before a step that is dear to take back. "
        "Must-haves that fail refuse a go; everything else is said and decided.",
    ),
    Word(
        "rmse",
        ("root mean squared error", "mse", "mean squared error"),
        "How far off the model is, with large misses counting much more than small ones. "
        "Use it where one bad miss is worse than many small ones.",
    ),
    Word(
        "set in advance",
        ("pre registered", "preregistered", "pre-registered", "pre registration"),
        "The criterion was written down before anything was measured. "
        "Only then does a good number say something about the hypothesis and not about chance.",
    ),
    Word(
        "stage",
        ("stages", "conception", "prototype", "readiness", "deployment", "deprecation"),
        "Where a project is on its way: conception, data, prototype, development, readiness, deployment, "
        "production, its end. Each move says what comes next and what is still open.",
    ),
    Word(
        "stakeholder",
        ("stakeholders", "user of the model"),
        "Somebody who will use what the model says, or speaks for those who will. "
        "They are told what to expect at the start, and read how it stands in words of their own.",
    ),
    Word(
        "standup",
        ("stand up", "stand-up", "daily"),
        "Twice a week everybody is asked what they learned, where it stands, and what they try next. "
        "Nobody has to be there at the same time, and “no change” is a full answer.",
    ),
    Word(
        "supported",
        ("confirmed hypothesis", "won"),
        "The number reached the mark that was set for it. "
        "Whether the change is kept is a question of its own.",
    ),
    Word(
        "underspecification",
        ("underspecified",),
        "Models that look equal on the test data can behave differently once the data shifts. "
        "So it is worth replaying what may change before one of them is used.",
    ),
    Word(
        "worth",
        ("value model", "business value", "uplift"),
        "What being right and wrong costs or saves, from low to high, beside today's way. "
        "It turns a number into money a month, always as a range.",
    ),
)
