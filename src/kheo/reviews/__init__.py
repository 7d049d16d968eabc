"""Reviews: interim, final, yearly and ad hoc ones, with outline, due dates and annexes."""
