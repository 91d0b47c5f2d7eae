"""An issue of the letter for mailboxes: its HTML, its pictures, the message, the exports."""
