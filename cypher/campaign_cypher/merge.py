"""What becomes of a node that is written again: one rule, which both stores follow.

A null never overwrites. A value replaces what is there, except where the new row is weaker: then it only fills what
is empty. Weaker is a placeholder against a collected node, an older observation (`NodeType.newest`) against a newer,
and any row of a kind whose first values stay. A collected node turns a placeholder into a collected one, never back.
"""

from __future__ import annotations

import polars as pl

from campaign_cypher.model import NodeType

_OLD = "__old"


def collapse(node: NodeType, frame: pl.DataFrame) -> pl.DataFrame:
    """One row for each key, as if the rows had been written one after the other, the weaker before the stronger."""
    repeated = frame[node.key].is_duplicated()
    if not repeated.any():
        return frame
    rows = frame.filter(repeated)
    order = _order(node)
    if order:
        rows = rows.sort(order, maintain_order=True, nulls_last=False)
    one = rows.group_by(node.key, maintain_order=True).agg(_pick(node, c) for c in frame.columns if c != node.key)
    return pl.concat([frame.filter(~repeated), one.select(frame.columns)])


def changed(node: NodeType, stored: pl.DataFrame, incoming: pl.DataFrame) -> pl.DataFrame:
    """The rows of `stored` that `incoming` changes, as they are to be from now on.

    Both frames have the model's columns and one row for each key; incoming keys that are not stored are left out.
    """
    both = incoming.join(stored, on=node.key, how="inner", suffix=_OLD)
    weaker = _weaker(node)
    rest = [c for c in incoming.columns if c != node.key]
    if not rest:  # a node that is nothing but its key never changes
        return incoming.clear()
    merged = both.select(node.key, *(_merged(node, c, weaker) for c in rest), pl.col(f"^.*{_OLD}$"))
    differs = pl.any_horizontal([~pl.col(c).eq_missing(pl.col(c + _OLD)) for c in rest])
    return merged.filter(differs).select(incoming.columns)


def _order(node: NodeType) -> list[pl.Expr]:
    order = []
    if _has_placeholder(node):
        order.append(~pl.col("placeholder"))
    if node.newest:
        order.append(pl.col(node.newest))
    return order


def _pick(node: NodeType, column: str) -> pl.Expr:
    if column == "placeholder":
        return pl.col(column).min()
    if column == node.newest:
        return pl.col(column).max()
    values = pl.col(column).drop_nulls()
    return values.first() if node.first_stays else values.last()


def _weaker(node: NodeType) -> pl.Expr:
    if node.first_stays:
        return pl.lit(True)
    weaker = pl.lit(False)
    if node.newest:
        weaker = (pl.col(node.newest) < pl.col(node.newest + _OLD)).fill_null(False)
    if not _has_placeholder(node):
        return weaker
    new, old = pl.col("placeholder").fill_null(False), pl.col("placeholder" + _OLD).fill_null(False)
    return pl.when(new == old).then(weaker).otherwise(new)


def _merged(node: NodeType, column: str, weaker: pl.Expr) -> pl.Expr:
    new, old = pl.col(column), pl.col(column + _OLD)
    if column == "placeholder":
        return pl.coalesce(new & old, new, old).alias(column)
    if column == node.newest:
        return pl.max_horizontal(new, old).alias(column)
    return pl.when(weaker).then(pl.coalesce(old, new)).otherwise(pl.coalesce(new, old)).alias(column)


def _has_placeholder(node: NodeType) -> bool:
    return any(p.name == "placeholder" for p in node.properties)
