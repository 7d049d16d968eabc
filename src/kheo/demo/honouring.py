"""Lets the committee recognise what a council put forward, commend, praise, and take one back."""

from collections.abc import Sequence
from datetime import date

from kheo.appraisal.models import AppraisalFile
from kheo.councils.models import Council
from kheo.councils.queries.outcomes import passed_files
from kheo.demo.world import World, moment
from kheo.organisations.enums import Role
from kheo.recognition.actions import (
    CandidateTerms,
    DecisionTerms,
    ProposalTerms,
    add_candidates,
    announce_decision,
    create_proposal,
    draw_up_decision,
    draw_up_revocation,
    edit_decision,
    issue_decision,
    send_proposal,
)
from kheo.recognition.models import Decision, Honour, HonourForm

MERIT = "Đã có thành tích trong phong trào thi đua “Dân vận khéo” năm {year}"
BEST = "Đã có thành tích xuất sắc trong phong trào thi đua “Dân vận khéo” năm {year}"
SPREADING = "Có cách làm hay, được nhân dân đồng tình, cần nhân rộng trong năm {year}"
WRONG = (
    "Kiểm tra sau công nhận cho thấy số liệu báo cáo không đúng thực tế; đơn vị đã tự kiểm điểm."
)
OCCASION = "Tháng Dân vận"


class Committee:
    """Proposals and decisions of the province's committee in one year."""

    def __init__(self, world: World, year: int) -> None:
        self.world, self.year = world, year
        self.officer = world.seat(world.advisory, Role.OFFICER)
        self.leader = world.seat(world.province, Role.LEADER)

    def confer(
        self, form: str, title: str, merit: str, files: Sequence[AppraisalFile], number: int
    ) -> Decision:
        """Propose, decide and announce honours for models before the middle of October."""
        terms = ProposalTerms(
            issuer=self.world.province,
            form=HonourForm.objects.get(code=form),
            year=self.year,
            title=title,
            symbol=f"{number - 300}-TTr/BTGDV",
            dated_on=date(self.year, 10, 11),
            signatory_position="Phó Trưởng Ban",
            signatory="Đoàn Minh Quế",
        )
        at = moment(date(self.year, 10, 11))
        proposal = create_proposal(
            organisation=self.officer.organisation, terms=terms, by=self.officer, at=at
        )
        candidates = [
            CandidateTerms(registration=file.registration, achievement=merit.format(year=self.year))
            for file in files
        ]
        add_candidates(proposal=proposal, candidates=candidates, by=self.officer, at=at)
        sent = send_proposal(proposal=proposal, seen_version=None, by=self.officer, at=at)
        decision = draw_up_decision(proposal=sent, by=self.officer, at=at)
        issued = self.issue(decision, number, date(self.year, 10, 13))
        return announce_decision(
            decision=issued,
            on=date(self.year, 10, 15),
            occasion=OCCASION,
            seen_version=None,
            by=self.officer,
            at=moment(date(self.year, 10, 15)),
        )

    def issue(self, decision: Decision, number: int, on: date) -> Decision:
        """Give a draft its number, date and signatory, and issue it."""
        terms = DecisionTerms(
            subject=decision.subject,
            number=number,
            letters=decision.letters,
            issued_on=on,
            authority=decision.authority,
            signatory_position="Phó Bí thư Thường trực",
            signatory=self.leader.user.full_name,
            grounds=decision.grounds,
            reason=decision.reason,
            valid_until=decision.valid_until,
        )
        edited = edit_decision(
            decision=decision, terms=terms, seen_version=None, by=self.officer, at=moment(on)
        )
        return issue_decision(decision=edited, seen_version=None, by=self.leader, at=moment(on, 14))


def honour(world: World, council: Council) -> None:
    """Recognise all that was put forward, commend the best, praise the next, and revoke one."""
    year = council.year
    committee = Committee(world, year)
    files = list(
        passed_files(council).select_related("registration").order_by("-final_total", "pk")
    )
    title = f"công nhận mô hình, điển hình “Dân vận khéo” năm {year}"
    recognised = committee.confer("party-recognition", title, MERIT, files, 431)
    title = f"tặng Bằng khen các mô hình “Dân vận khéo” tiêu biểu năm {year}"
    committee.confer("party-high-commendation", title, BEST, files[:3], 432)
    title = f"biểu dương các mô hình “Dân vận khéo” có cách làm hay năm {year}"
    committee.confer("party-praise", title, SPREADING, files[3:6], 433)
    last = Honour.objects.filter(decision=recognised).order_by("-pk").first()
    if last is not None and len(files) > 3:
        revocation = draw_up_revocation(
            decision=recognised,
            honours=[last.pk],
            reason=WRONG,
            along=False,
            by=committee.officer,
            at=moment(date(year, 11, 12)),
        )
        committee.issue(revocation, 458, date(year, 11, 13))
