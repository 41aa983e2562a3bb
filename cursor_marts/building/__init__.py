"""From raw tables to marts: plan, bind, execute, report."""
