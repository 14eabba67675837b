"""How dependable bare columns of amounts are under real names, read the whole way."""
