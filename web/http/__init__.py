"""What all operations share: bodies, answers, problems, the OpenAPI document."""
