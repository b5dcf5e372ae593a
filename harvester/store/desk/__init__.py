"""What signed-in people do: sign-ins, reviews, captures to be tried again."""
