"""Whether the product's code gives what the experiment gave, on the same data (S4-12)."""

from dataclasses import dataclass

from models.domain.metric import TOLERANCE


@dataclass(frozen=True)
class Parity:
    """Two numbers of the same data; `min_delta` is the smallest difference that counts, or is `assumed`."""

    experiment: float
    product: float
    min_delta: float
    assumed: bool = False

    @property
    def difference(self) -> float:
        """How far they are apart."""
        return abs(self.product - self.experiment)

    @property
    def same(self) -> bool:
        """Whether no difference between them counts."""
        return self.difference <= self.min_delta + TOLERANCE


@dataclass(frozen=True)
class ParityFacts:
    """What the form for two numbers knows beforehand: the best of the experiments."""

    project_id: int
    name: str
    metric_name: str
    unit: str
    best: float
    min_delta: float
    assumed: bool
