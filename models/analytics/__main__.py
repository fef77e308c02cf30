"""`python -m models.analytics`: an order as JSON on standard input, what it gives on standard output."""

import base64
import sys

from models.domain.orders import Charts, Given, Order, Windows, order_of


def given(order: Order) -> Given:
    """Work an order out. Only what it needs is imported: each library takes more than a second."""
    match order:
        case Charts(charts=charts):
            from models.analytics.drawing import png  # noqa: PLC0415

            return Given(images=[base64.b64encode(png(chart)).decode() for chart in charts])
        case Windows():
            from models.analytics.windows import over  # noqa: PLC0415

            return Given(velocity=over(order))


if __name__ == "__main__":
    sys.stdout.write(given(order_of(sys.stdin.buffer.read())).model_dump_json())
