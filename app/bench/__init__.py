"""How fast the shop answers, measured over real HTTP beside what the machine could do at best."""
