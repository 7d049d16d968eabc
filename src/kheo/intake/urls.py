"""Addresses of the room."""

from django.urls import path

from kheo.intake.views import blank_forms, correcting, receiving, showing

app_name = "intake"
urlpatterns = [
    path("blank/rounds/<int:pk>", blank_forms.blank_forms, name="blank-forms"),
    path("blank/rounds/<int:pk>/all.zip", blank_forms.download_all_blanks, name="blank-zip"),
    path("blank/<int:pk>/list.xlsx", blank_forms.download_blank_list, name="blank-list"),
    path("blank/<int:pk>/<slug:form>.docx", blank_forms.download_blank_form, name="blank-form"),
    path("", receiving.intake_list, name="list"),
    path("rounds/<int:pk>", receiving.hand_in, name="hand-in"),
    path("<int:pk>", showing.show_intake, name="detail"),
    path("<int:pk>/rows", correcting.decide_rows, name="decide"),
    path("<int:pk>/save", correcting.save, name="save"),
    path("<int:pk>/abandon", correcting.abandon, name="abandon"),
    path("files/<int:pk>", showing.show_file, name="file"),
    path("files/<int:pk>/original", showing.download_original, name="original"),
    path("files/<int:pk>/remarks.xlsx", showing.download_remarks, name="remarks"),
    path("forms/<int:pk>/unit", correcting.confirm_unit, name="confirm"),
    path("forms/<int:pk>/columns", correcting.choose_columns, name="columns"),
    path("rows/<int:pk>", correcting.show_row, name="row"),
    path("rows/<int:pk>/edit", correcting.edit_row, name="edit"),
]
