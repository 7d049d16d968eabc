"""All deeds of the room, under one roof."""

from kheo.replication.actions.following import follow_replicas, keep_replication_schedule
from kheo.replication.actions.guiding import (
    GuideTerms,
    publish_guide,
    withdraw_guide,
    write_guide,
)
from kheo.replication.actions.replicating import (
    answer_request,
    ask_to_replicate,
    begin_replica,
    finish_replication,
    give_up_replication,
)

__all__ = [
    "GuideTerms",
    "answer_request",
    "ask_to_replicate",
    "begin_replica",
    "finish_replication",
    "follow_replicas",
    "give_up_replication",
    "keep_replication_schedule",
    "publish_guide",
    "withdraw_guide",
    "write_guide",
]
