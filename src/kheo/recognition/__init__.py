"""Recognition, praise and commendation: proposals, decisions, certificates, revocation."""
