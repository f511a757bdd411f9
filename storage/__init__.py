"""What the bot remembers: the only SQL. One public function is one transaction and one fact of the domain."""
