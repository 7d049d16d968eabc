"""Addresses of the room."""

from django.urls import path

from kheo.reporting.views import board, counting

app_name = "reporting"

urlpatterns = [
    path("", counting.counting, name="counting"),
    path("counting/export.<str:fmt>", counting.export_counting, name="counting-export"),
    path("board/<int:pk>/", board.board, name="board"),
    path("board/<int:pk>/remind", board.remind, name="remind"),
    path("board/<int:pk>/export.<str:fmt>", board.export_board, name="board-export"),
]
