"""From minutes and lists to cases: the review that a coordinator confirms."""
