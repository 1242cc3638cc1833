"""Changes the files that Rasa learns from as a careful human would: only the lines concerned.

Comments, order, quotes and layout of everything else stay byte for byte, so that git shows a
difference of just those lines. Nothing is parsed and printed again: the YAML tree only tells where
something stands (lines and columns), and the text is changed there.
"""
