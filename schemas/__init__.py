"""What passes between the stages, and what leaves.

Frozen, slotted dataclasses between the stages; pydantic models (`schemas.records`) at the door.
This package imports nothing of the project, so every other package may import it.
"""
