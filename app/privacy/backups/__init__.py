"""Copies of the database for the day it is lost: encrypted, in no order, without what dies within a month."""
