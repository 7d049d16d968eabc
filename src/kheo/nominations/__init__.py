"""Nomination: what each level ranks and sends up under the cap, and the answer from above."""
