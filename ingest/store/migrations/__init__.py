"""How a store gets from the tables of one version to those of the next, in order.

A step is never changed once it was released: a store out there has been through it.
"""
