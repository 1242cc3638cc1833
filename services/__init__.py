"""Use cases: what happens to a message, a ticket and a reply. Knows routing, tickets, own ports."""
