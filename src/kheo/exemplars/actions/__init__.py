"""All deeds of the room, under one roof."""

from kheo.exemplars.actions.batches import StalePreviewError, do_batch
from kheo.exemplars.actions.checking import (
    accept,
    accept_many,
    decline,
    reconsider,
    return_many,
    return_registration,
)
from kheo.exemplars.actions.content import ContentError
from kheo.exemplars.actions.continuing import (
    AlreadyRegisteredError,
    copy_forward,
    copy_forward_all,
    replicate,
)
from kheo.exemplars.actions.drafting import (
    FormNotAskedError,
    StaleError,
    autosave_draft,
    discard_draft,
    save_draft,
    start_registration,
)
from kheo.exemplars.actions.evidence import EvidenceError, add_evidence, remove_evidence
from kheo.exemplars.actions.likeness import (
    StalePairError,
    answer_likeness,
    compare_waiting,
    fill_likeness_keys,
    keep_likeness_keys,
    keep_likeness_schedule,
    mark_different,
    reopen_likeness,
)
from kheo.exemplars.actions.linking import (
    link_continuation,
    link_own_draft,
    link_replica,
    unlink_likeness,
    withdraw_answer,
)
from kheo.exemplars.actions.merging import merge_exemplars, undo_merge
from kheo.exemplars.actions.stages import leave_stage, reach_stage
from kheo.exemplars.actions.submission import (
    SeveralUnitsError,
    amend,
    reopen_draft,
    sign_off,
    sign_off_many,
    submit,
    submit_many,
    withdraw,
)
from kheo.exemplars.actions.tallies import TallyGap, recount_registrations
from kheo.exemplars.actions.undoing import undo_batch

__all__ = [
    "AlreadyRegisteredError",
    "ContentError",
    "EvidenceError",
    "FormNotAskedError",
    "SeveralUnitsError",
    "StaleError",
    "StalePairError",
    "StalePreviewError",
    "TallyGap",
    "accept",
    "accept_many",
    "add_evidence",
    "amend",
    "answer_likeness",
    "autosave_draft",
    "compare_waiting",
    "copy_forward",
    "copy_forward_all",
    "decline",
    "discard_draft",
    "do_batch",
    "fill_likeness_keys",
    "keep_likeness_keys",
    "keep_likeness_schedule",
    "leave_stage",
    "link_continuation",
    "link_own_draft",
    "link_replica",
    "mark_different",
    "merge_exemplars",
    "reach_stage",
    "reconsider",
    "recount_registrations",
    "remove_evidence",
    "reopen_draft",
    "reopen_likeness",
    "replicate",
    "return_many",
    "return_registration",
    "save_draft",
    "sign_off",
    "sign_off_many",
    "start_registration",
    "submit",
    "submit_many",
    "undo_batch",
    "undo_merge",
    "unlink_likeness",
    "withdraw",
    "withdraw_answer",
]
