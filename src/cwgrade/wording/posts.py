"""The words about posts over time: a change of post, and time in a post."""

from __future__ import annotations

from typing import Final

__all__ = ["EN", "TERMS_EN", "TERMS_ZH", "ZH"]

EN: Final[dict[str, str]] = {
    "step-time-in-post": "{result} (held since {since}; to {as_of}: {months} months, {convention})",
    "cli-show-time-in-post": "counted in {unit}; {posts}; {after}",
    "cli-show-present-post": "the post held on the day",
}

ZH: Final[dict[str, str]] = {
    "step-time-in-post": "{result}（自 {since} 起任职，计至 {as_of}，{convention}，共 {months} 个月）",
    "cli-show-time-in-post": "按{unit}计；{posts}；{after}",
    "cli-show-present-post": "现任岗位",
}

TERMS_EN: Final[dict[str, str]] = {
    "field.time_in_post.after_another_post": "whether {of} starts again after another post",
    "field.post_change.rule": "the grade after a change of post",
    "field.post_change.grades": "grades up or down at a change of post",
    "field.post_change.steps": "steps up or down at a change of post",
    "field.post_change.waiting": "the waiting period after a change of post",
    "field.post_change.takes": "when a change of post counts",
    "step.time-in-post": "time in the post counted",
    "starts_again": "starts again after another post",
    "adds_up": "adds up over all times in the post",
    "unit.years": "full years",
    "unit.months": "months",
}

TERMS_ZH: Final[dict[str, str]] = {
    "field.time_in_post.after_another_post": "{of}中间改任其他岗位后是否重新计算",
    "field.post_change.rule": "岗位变动后的等级",
    "field.post_change.grades": "岗位变动时升降的级数",
    "field.post_change.steps": "岗位变动时升降的薪级数",
    "field.post_change.waiting": "岗位变动后的晋级年限",
    "field.post_change.takes": "岗位变动何时执行",
    "step.time-in-post": "计算任职时间",
    "starts_again": "中间改任其他岗位后重新计算",
    "adds_up": "历次任职累计",
    "unit.years": "满年数",
    "unit.months": "月数",
}
