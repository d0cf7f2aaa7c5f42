"""The changes of the tables, from the first version to this one."""
