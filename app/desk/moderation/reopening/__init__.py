"""An approved text once more: masked further, or back in the queue with its codes kept aside."""
