"""What authors of knowledge need: running the examples inside rules."""
