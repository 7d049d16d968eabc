"""All deeds of the room, under one roof."""

from kheo.reviews.actions.answering import mark_heading_open, write_answer
from kheo.reviews.actions.consolidating import (
    Assembled,
    Pick,
    assemble_draft,
    drop_passage,
    pick_of,
    take_passage,
)
from kheo.reviews.actions.deadlines import (
    ask_report_again,
    excuse_report,
    extend_report,
    prepare_report_reminder,
)
from kheo.reviews.actions.figures import (
    freeze_report,
    insert_figure,
    insert_figures,
    thaw_report,
)
from kheo.reviews.actions.following import (
    answer_petition,
    collect_petitions,
    drop_lesson,
    name_lesson,
    pass_petition_up,
)
from kheo.reviews.actions.opening import (
    ask_another_body,
    close_review,
    open_review,
    pass_on_report,
    reopen_review,
)
from kheo.reviews.actions.outline import (
    HeadingDetails,
    add_heading,
    copy_outline,
    move_heading,
    remove_heading,
    rename_heading,
)
from kheo.reviews.actions.plans import (
    PaperTerms,
    draft_plan,
    drop_plan_part,
    write_particulars,
    write_plan_part,
)
from kheo.reviews.actions.reviews import (
    AnnexTerms,
    DueTerms,
    HeadingTerms,
    ReviewTerms,
    create_review,
    delete_draft_review,
    edit_review,
)
from kheo.reviews.actions.tables import (
    change_table,
    compose_table,
    drop_table,
    keep_shipped_tables,
)
from kheo.reviews.actions.turning import (
    accept_report,
    reconsider_report,
    reopen_report,
    return_report,
    sign_off_report,
    submit_report,
    take_back_report,
)

__all__ = [
    "AnnexTerms",
    "Assembled",
    "DueTerms",
    "HeadingDetails",
    "HeadingTerms",
    "PaperTerms",
    "Pick",
    "ReviewTerms",
    "accept_report",
    "add_heading",
    "answer_petition",
    "ask_another_body",
    "ask_report_again",
    "assemble_draft",
    "change_table",
    "close_review",
    "collect_petitions",
    "compose_table",
    "copy_outline",
    "create_review",
    "delete_draft_review",
    "draft_plan",
    "drop_lesson",
    "drop_passage",
    "drop_plan_part",
    "drop_table",
    "edit_review",
    "excuse_report",
    "extend_report",
    "freeze_report",
    "insert_figure",
    "insert_figures",
    "keep_shipped_tables",
    "mark_heading_open",
    "move_heading",
    "name_lesson",
    "open_review",
    "pass_on_report",
    "pass_petition_up",
    "pick_of",
    "prepare_report_reminder",
    "reconsider_report",
    "remove_heading",
    "rename_heading",
    "reopen_report",
    "reopen_review",
    "return_report",
    "sign_off_report",
    "submit_report",
    "take_back_report",
    "take_passage",
    "thaw_report",
    "write_answer",
    "write_particulars",
    "write_plan_part",
]
