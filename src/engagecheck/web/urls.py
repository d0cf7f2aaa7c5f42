"""The addresses of the workplace."""

from django.urls import path

from engagecheck.web.api.routes import api
from engagecheck.web.pages import assessments, evidence, export, programs, questions, results, sign_in, years
from engagecheck.web.pages.groups import answer, survey
from engagecheck.web.pages.incoming import parts, published, uploads
from engagecheck.web.pages.outcomes import ages, many, peers, reminders, statements, tracker, what_if
from engagecheck.web.pages.team import people

urlpatterns = [
    path("", assessments.assessments, name="assessments"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("password", sign_in.Password.as_view(), name="password"),
    path("password/<str:uidb64>/<str:token>/", sign_in.PasswordLink.as_view(), name="password-link"),
    path("people", people.people, name="people"),
    path("people/<int:number>", people.person, name="person"),
    path("form.css", sign_in.form_style, name="form-style"),
    path("api/", api.urls),
    path("programs", programs.programs, name="programs"),
    path("programs/<int:number>/end", programs.end, name="end-token"),
    path("begin", assessments.begin, name="begin"),
    path("bring", assessments.bring, name="bring"),
    path("assessments/<int:pk>/", assessments.overview, name="overview"),
    path("assessments/<int:pk>/delete", assessments.delete, name="delete"),
    path("assessments/<int:pk>/profile.json", assessments.profile, {"suffix": "json"}, name="profile-json"),
    path("assessments/<int:pk>/profile.xlsx", assessments.profile, {"suffix": "xlsx"}, name="profile-xlsx"),
    path("assessments/<int:pk>/export.zip", export.export, name="export"),
    path("assessments/<int:pk>/bring-in", uploads.bring_in, name="bring-in"),
    path("assessments/<int:pk>/published", published.bring, name="bring-published"),
    path("assessments/<int:pk>/published/<int:number>", published.published, name="published"),
    path("assessments/<int:pk>/part", parts.bring, name="bring-part"),
    path("assessments/<int:pk>/part/<int:number>", parts.part, name="part"),
    path("assessments/<int:pk>/uploads/<int:number>/leave-out", uploads.leave_out, name="leave-out"),
    path("assessments/<int:pk>/evidence", ages.ages, name="evidence-ages"),
    path("assessments/<int:pk>/what-if", what_if.changes, name="what-if"),
    path("assessments/<int:pk>/what-if/supposed", what_if.supposed, name="supposed"),
    path("assessments/<int:pk>/peers", peers.peers, name="peers"),
    path("assessments/<int:pk>/statements", statements.statements, name="statements"),
    path("assessments/<int:pk>/tracker", tracker.tracker, name="tracker"),
    path("assessments/<int:pk>/tracker.xlsx", tracker.workbook, name="tracker-workbook"),
    path("assessments/<int:pk>/tracker/<path:name>", tracker.action, name="action"),
    path("assessments/<int:pk>/reminders", reminders.reminders, name="reminders"),
    path("assessments/<int:pk>/reminders.ics", reminders.calendar, name="calendar"),
    path("assessments/<int:pk>/survey", survey.survey, name="survey"),
    path("assessments/<int:pk>/survey/close", survey.close, name="close-survey"),
    path("questionnaire", answer.answer, name="answer"),
    path("organisations/", many.organisations, name="organisations"),
    path("organisations/<str:name>", many.organisation, name="organisation"),
    path("assessments/<int:pk>/evidence/<slug:entry>/add", evidence.add, name="add-file"),
    path("assessments/<int:pk>/files/<int:number>", evidence.download, name="file"),
    path("assessments/<int:pk>/files/<int:number>/remove", evidence.remove, name="remove-file"),
    path("assessments/<int:pk>/next-year", years.next_year, name="next-year"),
    path("assessments/<int:pk>/compared/<int:other>", years.compared, name="compared"),
    path("assessments/<int:pk>/years", years.years, name="years"),
    path("assessments/<int:pk>/results", results.results, name="results"),
    path("assessments/<int:pk>/report", results.report_page, name="report"),
    path("assessments/<int:pk>/papers/<slug:form>", results.paper, name="paper"),
    path("assessments/<int:pk>/questions/<path:address>", questions.questions, name="questions"),
    path("assessments/<int:pk>/remove/<path:address>", questions.remove_entry, name="remove"),
]
