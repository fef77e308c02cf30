"""Forms as somebody fills them in."""

A_PROJECT = {
    "name": "Churn",
    "business_goal": "Keep more customers",
    "metric_name": "AUC",
    "unit": "share",
    "goal": "max",
    "baseline": "60",
    "baseline_source": "the rules of today",
    "acceptance": "70",
    "business_phrase": "leavers found",
    "key": "CHURN",
}
