"""A whole county month on a virtual clock, through the real services: test, demonstration, load.

Residents and cadres are played (`residents`, `cadres`), everything between them is the product
itself on SQLite: what arrives goes through the durable inbox, deadlines run out in the escalation
pass, answers leave through the relay. `watch` looks at the database from outside, after every
single step, and stops the run at the first promise that does not hold.
"""
