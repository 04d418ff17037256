"""After every write: what the store holds is what it held before and what was new, or it is an error."""

from __future__ import annotations

from collections.abc import Mapping

from campaign_cypher.errors import StoreError


def reconcile(address: str, before: Mapping[str, int], new: Mapping[str, int], after: Mapping[str, int]) -> None:
    """Raise StoreError where, for a label or relationship type, before + new is not after."""
    for name, added in new.items():
        if before[name] + added != after[name]:
            raise StoreError(
                f"{address}: {name} held {before[name]}, {added} were new, but it holds {after[name]} now: "
                "another process may have written at the same time; run the same again, nothing is written twice"
            )


def refuse_missing_ends(type_: str, missing: int) -> None:
    """Raise StoreError where relationships have an end that is nowhere; `missing` of them."""
    if missing:
        raise StoreError(f"{type_}: the ends of {missing} relationships are neither in the store nor in the batch")
