"""How dependable proofs and repairs are: seeded tables, damaged at known places."""
