"""Look-alikes: texts that say the same in nearly the same words. Each stays a voice; codes can go to all in one act."""
