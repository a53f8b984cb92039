"""What the library found, written for people and for programs: the only place that escapes."""
