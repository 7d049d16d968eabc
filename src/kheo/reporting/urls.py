"""Addresses of the room."""

from django.urls import path

from kheo.reporting.views import board, counting, funnel, lists

app_name = "reporting"

urlpatterns = [
    path("", counting.counting, name="counting"),
    path("counting/export.<str:fmt>", counting.export_counting, name="counting-export"),
    path("funnel", funnel.funnel, name="funnel"),
    path("funnel/export.<str:fmt>", funnel.export_funnel, name="funnel-export"),
    path("registrations.xlsx", counting.export, name="export"),
    path("lists/", lists.list_page, name="list-paper"),
    path("lists/list.<str:fmt>", lists.list_file, name="list-file"),
    path("board/<int:pk>/", board.board, name="board"),
    path("board/<int:pk>/remind", board.remind, name="remind"),
    path("board/<int:pk>/export.<str:fmt>", board.export_board, name="board-export"),
]
