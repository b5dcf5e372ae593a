"""Contact details: addresses and their marks in many languages, telephones, mails, hours, and the officer."""
