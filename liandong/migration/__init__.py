"""What the command line does around a change of divisions: reads the plan, shows what it moves."""
