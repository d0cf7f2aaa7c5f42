"""Documents in: JSON, workbook, form, prompts, published files, and the answers to the survey.

Bytes come in. A profile goes out, or a refusal with a line for each thing that is wrong.
"""
