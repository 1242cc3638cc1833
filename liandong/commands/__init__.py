"""The commands of `liandong`, one file each."""
