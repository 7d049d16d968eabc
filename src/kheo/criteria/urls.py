"""Addresses of the room."""

from django.urls import path

from kheo.criteria.views import lifecycle, lists, terms, tree

app_name = "criteria"

urlpatterns = [
    path("", lists.set_list, name="list"),
    path("new", terms.set_new, name="new"),
    path("<int:pk>", lists.set_detail, name="detail"),
    path("<int:pk>/edit", terms.set_edit, name="edit"),
    path("<int:pk>/tree", tree.tree_edit, name="tree"),
    path("<int:pk>/sum", tree.tree_sum, name="sum"),
    path("<int:pk>/grades", terms.grades_edit, name="grades"),
    path("<int:pk>/put-in-force", lifecycle.put_in_force, name="put-in-force"),
    path("<int:pk>/retire", lifecycle.retire, name="retire"),
    path("<int:pk>/renew", lifecycle.renew, name="renew"),
    path("<int:pk>/copy", lifecycle.copy, name="copy"),
    path("<int:pk>/discard", lifecycle.discard, name="discard"),
]
