"""Words that mean the same among people who train models: so that an old try is found by another name.

Kept small on purpose: each group is one that a practitioner would nod at, whatever the project.
"""

GROUPS = (
    "data dataset corpus",
    "bigger larger big large increase grow growing raise ramp scale",
    "fewer less smaller small reduce shrink compress distil distill distillation halve",
    "fast faster quicker quick speed speeds throughput latency slow",
    "history past previous earlier window",
    "month months year years",
    "blend ensemble average averaging stack stacking combine mix mixture",
    "net network neural deep nn",
    "tree trees boosting boosted xgboost lightgbm catboost gbm gbdt forest",
    "label labels target targets annotation groundtruth",
    "balance balancing imbalance imbalanced oversample oversampling upsampling undersampling "
    "resampling smote",
    "synthetic artificial generated simulated augmentation",
    "rare positive positives minority",
    "weight weights weighting reweight",
    "feature features signal signals input inputs variable variables",
    "fp8 float8 8bit quantised quantized",
    "optimiser optimizer adam muon sgd",
    "expert experts moe",
    "residual skip shortcut",
    "activation relu gelu swiglu",
    "norm norms normalisation normalization normalise normalize layernorm rmsnorm",
    "initialisation initialization initialise initialize init start",
    "position positional rotary rope",
    "gate gates gating gated",
    "head logits output",
    "qkv projection projections",
    "hyperparameter hyperparameters parameter parameters setting settings tune tuning sweep search",
    "threshold cutoff",
    "outlier anomaly unusual unsupervised",
    "leak leakage leaking",
    "sentiment tone mood angry anger",
    "text words wording nlp",
    "customer customers client clients subscriber subscribers caller callers people",
    "churn cancel cancellation leave leaving leaves",
    "payment payments transaction transactions purchase purchases",
    "merchant merchants shop shops store stores",
    "invoice invoices bill bills billing",
    "late overdue delay delayed lateness",
    "payer payers debtor debtors",
    "business businesses company companies firm",
    "industry industries sector sectors segment segments group groups",
    "economy economic macroeconomic indices indicators",
    "competitor competitors rival rivals",
    "price prices cost costs charge",
    "forecast forecasts forecaster predict prediction predicting estimate",
    "smoothing holtwinters",
    "range interval quantile quantiles",
    "pretrained pretrain pretraining foundation zeroshot",
    "calendar holiday holidays season seasonal",
    "device devices fingerprint phone phones machine laptop",
    "graph link links linked neighbour neighbours shared",
    "phone phones telephone",
    "transliterate romanise romanize script scripts alphabet alphabets",
    "duplicate duplicates dedupe deduplication",
    "shape wide wider width shallow shallower",
    "logistic regression linear",
    "regularisation regularization regularise regularize dropout decay penalty",
    "overfit overfits overfitting memorise memorize",
    "embedding embeddings representation representations vector vectors",
    "fold folds crossvalidation",
    "sequence sequences context contexts",
    "token tokens tokenizer tokeniser vocabulary vocab bpe subword",
    "attention attend attends",
    "batch batches minibatch",
    "schedule scheduler warmup warmdown cooldown anneal annealing cosine",
    "checkpoint checkpoints snapshot snapshots",
    "prune pruning sparse sparsity",
    "precision bf16 fp16 halfprecision",
    "missing null nulls impute imputation gaps",
    "categorical category categories encode encoding onehot",
    "drift shift shifts",
    "bias fair fairness unfair",
    "explain explanation explainable shap",
    "kernel kernels fused fuse compile compiled triton",
    "parallel distributed shard sharded sharding",
    "loss objective losses",
    "noise noisy clean cleaning mislabelled mislabeled",
    "location geography geographic region regions country countries",
    "night evening hour hours time",
    "clip clipping cap capped",
    "share sharing tie tied tying reuse",
)
PHRASES = {
    "learning rate": "lr",
    "mixture of experts": "moe",
    "8-bit": "8bit",
    "zero-shot": "zeroshot",
    "ground truth": "groundtruth",
    "cut-off": "cutoff",
    "holt-winters": "holtwinters",
    "class weights": "weights classes",
}
"""Several words that are one; they are read as what stands behind them."""

_BY_WORD: dict[str, tuple[tuple[str, ...], ...]] = {}
for _group in GROUPS:
    _words = tuple(_group.split())
    for _word in _words:
        _BY_WORD[_word] = (*_BY_WORD.get(_word, ()), _words)


def alike(word: str) -> tuple[str, ...]:
    """What else a word may be called, with itself where it has other names; nothing where it has none."""
    return tuple(dict.fromkeys(other for group in _BY_WORD.get(word, ()) for other in group))
