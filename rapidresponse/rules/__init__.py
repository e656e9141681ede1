"""Pure thinking: values in, values out."""
