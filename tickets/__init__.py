"""Pure core: what a ticket (工单) is and what it may become. No I/O, no clock."""
