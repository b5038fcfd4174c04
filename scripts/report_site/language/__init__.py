"""What is true of a language and of no report: characters, patterns, numbers, line breaks, words of the site."""
